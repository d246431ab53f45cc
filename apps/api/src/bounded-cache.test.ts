import { BoundedCache } from './bounded-cache.ts';

describe('BoundedCache', () => {
  it('makes an entry once and forgets the least recently used', () => {
    const cache = new BoundedCache<number>(2);
    let made = 0;
    const get = (key: string) => cache.get(key, () => ++made);
    expect([get('a'), get('b'), get('a'), get('c'), get('a'), get('b')]).toEqual([1, 2, 1, 3, 1, 4]);
  });

  it('forgets a promise that rejected', async () => {
    const cache = new BoundedCache<Promise<number>>(2);
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(cache.get('a', () => Promise.resolve(1))).resolves.toBe(1);
  });
});
