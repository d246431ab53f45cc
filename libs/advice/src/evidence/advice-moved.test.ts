import { withTerms } from '@undertow/book';
import { askedOf, ethPlan, studiedBook } from '../fixtures/studied.ts';
import { adviceMoved, MOVED_BY } from './advice-moved.ts';

const parameter = { kind: 'liquidationThreshold', venue: 'aave30', market: 'ETH' } as const;
const asked = askedOf(100_000);

describe('adviceMoved', () => {
  it('says which input moved the advised value', () => {
    const calmer = { ...ethPlan, model: { ...ethPlan.model, covariance: [[0.01]] } } as typeof ethPlan;
    const eth = studiedBook.assets.find(({ symbol }) => symbol === 'ETH')!.address;
    const deeper = withTerms(studiedBook, [{ kind: 'depth', asset: eth, factor: 0.05 }]);
    const moved = adviceMoved(
      { book: studiedBook, asked },
      { book: deeper, asked: { ...asked, plan: calmer } },
      parameter,
    )!;
    expect(moved.parts.map(({ input }) => input)).toEqual([...MOVED_BY]);
    const part = (name: string) => moved.parts.find(({ input }) => input === name)!.change;
    expect(part('scenarios')).toBeGreaterThan(0);
    expect(part('depth')).toBeLessThan(0);
    expect([part('liquidators'), part('the question')]).toEqual([0, 0]);
    const sum = moved.parts.reduce((total, { change }) => total + change, moved.interaction);
    expect(sum).toBeCloseTo(moved.after - moved.before, 12);
  });

  it('has nothing to say where nothing is advised', () => {
    const none = { book: studiedBook, asked: askedOf(0) };
    expect(adviceMoved(none, none, parameter)).toBeUndefined();
  });
});
