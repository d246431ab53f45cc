/** A scheme, who asks, the host, and what follows. */
const ADDRESS = /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s'"/@]*@)?([^\s'"/?#]*)([^\s'"]*)/gi;

/** A text in which addresses are shown as far as their host: names, passwords, paths and queries may be keys. */
export const withoutKeys = (text: string): string =>
  text.replace(ADDRESS, (_whole, scheme: string, host: string, rest: string) =>
    rest === '' || rest === '/' ? `${scheme}${host}${rest}` : `${scheme}${host}/…`,
  );
