/**
 * A drawing that is made again only when something that it read of the state is another: what it read is noted while it draws,
 * so that no list of it must be kept. `ignored` may change without that; of `apart` the entries that were read count, each by
 * itself.
 */
export function memoised<State extends object, Drawing>(
  draw: (state: State) => Drawing,
  { ignored, apart = [] }: { readonly ignored: keyof State; readonly apart?: readonly (keyof State)[] },
): (state: State) => Drawing {
  let last: { readonly isSame: (state: State) => boolean; readonly drawing: Drawing } | undefined;
  return (state) => {
    if (last?.isSame(state)) return last.drawing;
    const read = new Map<keyof State, unknown>();
    const entries = new Map<keyof State, Map<PropertyKey, unknown>>();
    const within = new Map<keyof State, object>();
    for (const name of apart) {
      const inside = new Map<PropertyKey, unknown>();
      entries.set(name, inside);
      within.set(
        name,
        noting(state[name] as object, (key, value) => void inside.set(key, value)),
      );
    }
    const note = (key: PropertyKey, value: unknown) => {
      const name = key as keyof State;
      if (name !== ignored && !within.has(name)) read.set(name, value);
    };
    const drawing = draw(noting(state, note, within as ReadonlyMap<PropertyKey, object>));
    const isSame = (now: State) =>
      [...read].every(([name, value]) => now[name] === value) &&
      [...entries].every(([name, inside]) =>
        [...inside].every(([key, value]) => Reflect.get(now[name] as object, key) === value),
      );
    last = { isSame, drawing };
    return drawing;
  };
}

/** The same object, of which each reading is told; some of its parts are given instead of its own. */
function noting<Target extends object>(
  target: Target,
  note: (key: PropertyKey, value: unknown) => void,
  instead: ReadonlyMap<PropertyKey, object> = new Map(),
): Target {
  return new Proxy(target, {
    get(of, key) {
      const value: unknown = Reflect.get(of, key);
      note(key, value);
      return instead.get(key) ?? value;
    },
  });
}
