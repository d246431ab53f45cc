/**
 * A drawing that is made again only when something that it read of the state is another: what it read is noted while it draws,
 * so that no list of it must be kept. `ignored` may change without that.
 */
export function memoised<State extends object, Drawing>(
  draw: (state: State) => Drawing,
  ignored: keyof State,
): (state: State) => Drawing {
  let last: { readonly read: ReadonlyMap<keyof State, unknown>; readonly drawing: Drawing } | undefined;
  return (state) => {
    if (last && [...last.read].every(([name, value]) => state[name] === value)) return last.drawing;
    const read = new Map<keyof State, unknown>();
    const noting = new Proxy(state, {
      get(target, name) {
        const known = name as keyof State;
        if (known !== ignored) read.set(known, target[known]);
        return target[known];
      },
    });
    last = { drawing: draw(noting), read };
    return last.drawing;
  };
}
