/** Fields of a link that only the page of scenarios shows something of. */
const OF_SCENARIO = /^(?!account=|block=|$)/;

/**
 * Where a link leads that was made when all was one page, with what was chosen as its fragment: an address to the page of
 * accounts, a scenario to that of scenarios, with the same fields as its query. Undefined for a fragment that holds nothing.
 */
export function addressOfOldLink(fragment: string): string | undefined {
  const text = fragment.replace(/^#/, '');
  if (!text.includes('=')) return undefined;
  const fields = text.split('&');
  const account = fields.findLast((field) => field.startsWith('account='))?.slice('account='.length);
  const others = fields.filter((field) => field !== '' && !field.startsWith('account='));
  const query = others.length === 0 ? '' : `?${others.join('&')}`;
  if (account !== undefined) return `/accounts/${account}${query}`;
  return `${fields.some((field) => OF_SCENARIO.test(field)) ? '/scenario' : '/'}${query}`;
}
