import { gzipSync } from 'node:zlib';
import { GraphQLError } from 'graphql';
import { bundleOf, bundleText, scenarioReport, stateReport, type ReportBundle } from '@undertow/report';
import type { StoredReport } from '@undertow/store';
import { connectionOf } from '../../../apps/api/src/connection/connection.ts';
import { reportAnswer, reportRunAnswer } from '../../../apps/api/src/reports/report-answer.ts';
import type { ReportRun } from '../../../apps/api/src/reports/report-runs.ts';
import { scenarioOf, type ScenarioInput } from '../../../apps/api/src/scenario-input.ts';
import type { ToyWorld } from './toy-world.ts';

/** The id of a making that every stand-in has, and has done. */
export const TOY_REPORT = 'toy-report';

interface Made {
  readonly bundle: ReportBundle;
  readonly stored: StoredReport;
}

/** Reports of invented books are made once. */
const MADE = new Map<string, ReportBundle>();

/** Reports on invented accounts, made by the real functions: the state of risk, and what is asked for. */
export class ToyReports {
  readonly #begun = new Map<string, ReportRun>();
  readonly #made: Made[] = [];
  /** While it is set, what is begun stays where it is. */
  isHeld = false;

  /** Root values of what the schema has of reports. */
  answers(world: ToyWorld) {
    const { isEmpty } = world.situation;
    const kept = () => [...this.#made].reverse().concat(isEmpty ? [] : [stateOf(world)]);
    const source = {
      reports: {
        bundle: async (id: string) => {
          const found = kept().find(({ stored }) => stored.id === id);
          return found && { gzip: gzipSync(bundleText(found.bundle)), bytes: found.stored.bytes };
        },
        list: async ({ id }: { readonly id?: string | undefined }) =>
          kept().flatMap(({ stored }) => (stored.id === id ? [stored] : [])),
      },
    } as unknown as Parameters<typeof reportAnswer>[0];
    const told = (run: ReportRun) => reportRunAnswer(source, run);
    const find = (id: string): ReportRun => {
      const found = id === TOY_REPORT && !isEmpty ? doneRun(world, stateOf(world)) : this.#begun.get(id);
      if (!found) throw new GraphQLError(`There is no making of a report ${JSON.stringify(id)}.`);
      return found;
    };
    return {
      report: ({ id }: { id: string }) => {
        const found = kept().find(({ stored }) => stored.id === id);
        if (!found) throw new GraphQLError(`There is no report ${JSON.stringify(id)} here.`);
        return reportAnswer(source, found.stored);
      },
      reports: ({ where }: { where?: { kind?: string; venue?: string; text?: string } | null }) => {
        const text = where?.text?.toLowerCase() ?? '';
        const items = kept()
          .map(({ stored }) => stored)
          .filter(
            (one) =>
              (where?.kind ?? one.kind) === one.kind &&
              (!where?.venue || one.venues.includes(where.venue)) &&
              one.subject.toLowerCase().includes(text),
          );
        return connectionOf<ReturnType<typeof reportAnswer>>({
          ...{ items: items.map((one) => reportAnswer(source, one)), most: 50, isFromEnd: false },
          ...{ isAfter: false, isBefore: false, cursorOf: ({ id }) => id, totalCount: () => items.length },
        });
      },
      reportRun: ({ id }: { id: string }) => {
        const run = find(id);
        if (run.state === 'running' && !this.isHeld) this.#begun.set(id, this.#finish(world, run));
        return told(run);
      },
      reportRuns: () => [...this.#begun.values()].reverse().map(told),
      startReport: ({ kind, input }: { kind: string; input?: ScenarioInput }) => {
        if (kind !== 'state' && kind !== 'scenario')
          throw new GraphQLError(`The stand-in makes no report of kind ${kind}.`);
        const scenario = kind === 'scenario' ? scenarioOf(world.book(), input!) : undefined;
        const run: ReportRun = {
          ...doneRun(world, stateOf(world)),
          ...{ id: `toy-report-${this.#begun.size + 1}`, kind, state: 'running', endedAt: undefined },
          question: JSON.stringify(scenario ? { kind, scenario } : { kind, moves: [-0.3], drops: [0] }),
          progress: { stage: 'scenarios', done: 3, all: 10 },
          report: undefined,
        };
        this.#begun.set(run.id, run);
        return told(run);
      },
      cancelReport: ({ id }: { id: string }) => {
        const run = find(id);
        if (run.state === 'running')
          this.#begun.set(id, { ...run, state: 'cancelled', progress: undefined, endedAt: run.startedAt });
        return told(find(id));
      },
    };
  }

  #finish(world: ToyWorld, run: ReportRun): ReportRun {
    const question = JSON.parse(run.question) as { readonly scenario?: Parameters<typeof scenarioReport>[1] };
    const made = question.scenario
      ? madeOf(world, bundleOf(scenarioReport(ofWorld(world), question.scenario)))
      : stateOf(world);
    if (!this.#made.some(({ stored }) => stored.id === made.stored.id)) this.#made.push(made);
    return { ...run, ...doneRun(world, made), id: run.id, kind: run.kind };
  }
}

const ofWorld = (world: ToyWorld) => ({
  book: world.book(),
  blockHash: world.head().hash,
  software: 'undertow toy',
  assumptions: ['No clock. Rounds have an order but no duration.'],
});

function stateOf(world: ToyWorld): Made {
  const { hash } = world.book();
  const known = MADE.get(hash) ?? bundleOf(stateReport(ofWorld(world), { moves: [-0.3], drops: [0, 0.3] }));
  MADE.set(hash, known);
  return madeOf(world, known);
}

function madeOf(world: ToyWorld, bundle: ReportBundle): Made {
  const { id, content } = bundle;
  const { chainId, block, hash: blockHash, time } = world.head();
  const { venues, hash: bookHash } = world.book();
  return {
    bundle,
    stored: {
      ...{ id, chainId, block, blockHash, bookHash, kind: content.kind, subject: content.subject, number: 1 },
      ...{ venues: venues.map((venue) => venue.id), schedule: undefined, signers: [] },
      ...{ bytes: bundleText(bundle).length, madeAt: time },
    },
  };
}

function doneRun(world: ToyWorld, { stored, bundle }: Made): ReportRun {
  const { chainId, block, blockHash, bookHash, id: report } = stored;
  const { time } = world.head();
  return {
    ...{
      id: TOY_REPORT,
      chainId,
      block,
      blockHash,
      bookHash,
      kind: stored.kind,
      schedule: undefined,
      report,
    },
    question: JSON.stringify(bundle.content.question),
    ...{ state: 'done', reason: undefined, progress: undefined, startedAt: time - 3, endedAt: time },
  };
}
