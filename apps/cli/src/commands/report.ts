import type { Behaviour, ParameterKind } from '@undertow/advice';
import { Option, type Command } from 'commander';
import { tolerance } from '../advise/tolerance-option.ts';
import { addBookOptions } from '../book-options.ts';
import { UsageError } from '../explain-error.ts';
import { DATA_HELP, DEFAULT_DATA } from '../data-option.ts';
import { eachText, level, namedShock, priceMove, wholeNumber } from '../option-values.ts';
import { addGridOptions, addPlanOptions } from '../plan-options.ts';
import { addActorOptions, addPolicyOptions } from '../policy-options.ts';
import type { IncidentOptions } from '../report/run-incident.ts';
import type { CompareOptions } from '../report/run-compare.ts';
import type { ProposalOptions, ReportOptions } from '../report/run-report.ts';
import type { ScenarioOptions } from '../simulate/scenario-of.ts';
import type { PlanOptions } from '../sweep/plan-of.ts';
import { addThreadsOption } from '../threads-option.ts';

/** What Commander gives: lists are absent when their option was not given. */
type Given = Omit<ReportOptions & ScenarioOptions, 'shock' | 'tables'> &
  Partial<Pick<ScenarioOptions, 'shock'>>;

export function addReportCommand(program: Command): void {
  const report = program
    .command('report')
    .description(
      'Make a report that a forum can cite and anyone can check: bundle, post, page, pictures, tables.',
    )
    .addHelpText('after', HELP);
  addScenario(report);
  addSweep(report);
  addState(report);
  addProposal(report);
  addIncident(report);
  addCompare(report);
}

function addScenario(report: Command): void {
  const command = kind(report, 'scenario', 'One cascade, round by round.')
    .option(
      '--shock <what=move>',
      'what moves and by how much, as in "undertow simulate --help"; may be given several times',
      namedShock,
    )
    .option('--volatility <move>', 'move of all implied volatilities; 0.5 = half as much again', priceMove);
  addPolicyOptions(command);
  withCommon(command).action(async (tables: readonly string[], { shock = [], ...others }: Given) => {
    if (shock.length === 0 && others.volatility === undefined)
      throw new UsageError('Nothing moves: give --shock <what=move> or --volatility <move>.');
    const { runScenarioReport } = await import('../report/run-report.ts');
    await runScenarioReport({ ...others, shock, tables });
  });
}

function addSweep(report: Command): void {
  const command = kind(
    report,
    'sweep',
    'Many scenarios: how much is lost how often, where, and in which of them.',
  );
  addPlanOptions(addGridOptions(command)).addOption(
    new Option('--engine <engine>', 'which engine runs them (default: fast)').choices(['clear', 'fast']),
  );
  addPolicyOptions(command);
  addThreadsOption(command);
  withCommon(command).action(async (tables: readonly string[], options: ReportOptions & PlanOptions) => {
    const { runSweepReport } = await import('../report/run-report.ts');
    await runSweepReport({ ...options, tables });
  });
}

function addState(report: Command): void {
  const command = kind(
    report,
    'state',
    'How venues, owners, oracles and markets stand, and what moves of one price would cost.',
  );
  withCommon(command).action(async (tables: readonly string[], options: ReportOptions) => {
    const { runStateReport } = await import('../report/run-report.ts');
    await runStateReport({ ...options, tables });
  });
}

// Written out, so that --help loads no library.
const BEHAVIOURS: readonly Behaviour[] = ['keep-health', 'keep-debt'];
const PARAMETERS: readonly ParameterKind[] = [
  'liquidationThreshold',
  'loanToValue',
  'liquidationBonus',
  'supplyCap',
  'borrowCap',
  'closeFactor',
  'maintenanceMargin',
  'fundSize',
];

function addProposal(report: Command): void {
  const command = addPlanOptions(
    kind(
      report,
      'proposal',
      'Parameters that would hold, for a vote: what to change, from what to what, and why.',
    ),
  )
    .requiredOption(
      '--tolerance <most>',
      'what may be lost in the tail: USD, such as 100000, or a share of what is borrowed on the market, such as 0.5%',
      tolerance,
    )
    .option('--confidence <level>', 'level of the expected shortfall (default: 99%)', level)
    .addOption(
      new Option('--behaviour <what>', 'what owners do when terms change (default: keep-health)').choices([
        ...BEHAVIOURS,
      ]),
    )
    .option('--venue <id>', 'a venue whose parameters are advised; may be given several times', eachText)
    .addOption(
      new Option('--parameter <kinds...>', 'which parameters are advised (default: all)').choices([
        ...PARAMETERS,
      ]),
    );
  addPolicyOptions(command);
  withCommon(command).action(async (tables: readonly string[], options: ReportOptions & ProposalOptions) => {
    const { runProposalReport } = await import('../report/run-report.ts');
    await runProposalReport({ ...options, tables });
  });
}

function addIncident(report: Command): void {
  const command = report
    .command('incident')
    .description('A replay: what was predicted from the book before, and what then happened on the chain.')
    .requiredOption(
      '--from <block>',
      'the last block before it: what is predicted is predicted from its book',
      wholeNumber(0),
    )
    .option('--to <block>', 'the last block of it (default: the newest that is indexed)', wholeNumber(0))
    .option(
      '--moved-by <block>',
      'the last block whose answers are the outside move; later ones are the cascade’s own (default: all are outside)',
      wholeNumber(0),
    )
    .option('--chain <id>', 'chain id, when the database holds several', wholeNumber(1))
    .option('--data <folder>', DATA_HELP, DEFAULT_DATA);
  addActorOptions(command);
  withOutput(command)
    .addHelpText('after', INCIDENT_HELP)
    .action(async (options: IncidentOptions) => {
      const { runIncidentReport } = await import('../report/run-incident.ts');
      await runIncidentReport(options);
    });
}

const INCIDENT_HELP = `
The moves are those that came: each reference goes to the answer of its feed that was furthest from the one
before. What the liquidations' own sales did to prices is in them, and the model adds its own: --moved-by says
which answers were the outside move alone. What the chain says of these blocks (liquidations, answers, flags) is in the bundle, with a hash of its
own: "undertow verify" computes the prediction again, and whoever indexes the chain gets the same hash.

Example:
  undertow report incident --from 1200 --to 1260 --out crash`;

function addCompare(report: Command): void {
  const command = report
    .command('compare')
    .argument('<before>', 'report.json of a report: a file, or an address of the web')
    .argument('<after>', 'report.json of a later one, of the same kind and engine')
    .description('What changed between two reports, and which input moved it.')
    .option('--light', 'what changed alone: nothing is computed, and no book is needed')
    .option('--book-before <file>', 'book of the first, a file or an address (default: book.json beside it)')
    .option('--book-after <file>', 'book of the second');
  addThreadsOption(command)
    .option('--json', 'print JSON instead of text: every figure and every row')
    .option('--markdown', 'print a post for a forum')
    .option('--html', 'print a page')
    .option('--out <folder>', 'write all three into a folder')
    .addHelpText('after', COMPARE_HELP)
    .action(async (before: string, after: string, options: CompareOptions) => {
      const { runCompare } = await import('../report/run-compare.ts');
      await runCompare([before, after], options);
    });
}

const COMPARE_HELP = `
With both books the earlier report is computed again with inputs of the later one: prices, depth, terms, accounts,
question. Of a scenario every choice of them is run, and each gets its Shapley share of the difference. Of a state,
a sweep or a proposal each is exchanged alone, and what they do together (interaction) is told beside the parts.
Both add up to the difference.

Examples:
  undertow report compare monday/report.json tuesday/report.json
  undertow report compare monday/report.json tuesday/report.json --out moved
  undertow report compare https://example.org/1/report.json https://example.org/2/report.json --light --json`;

const kind = (report: Command, name: string, about: string): Command =>
  report
    .command(name)
    .argument('[tables...]', 'files or folders of tables, as "undertow import" reads them')
    .description(about);

const withCommon = (command: Command): Command => addBookOptions(withOutput(command));

const withOutput = (command: Command): Command =>
  command
    .requiredOption('--out <folder>', 'folder for its files; those of the same names are replaced')
    .option('--sign [file]', 'sign it with the key in a file, or without one in UNDERTOW_REPORT_KEY')
    .option('--pdf', 'also print report.pdf by the Chromium that is there');

const HELP = `
Into the folder go report.json (the bundle: every figure with its unit, block and source), book.json (all
inputs), report.md and pictures (PNG and SVG) for a post, picture.png for whoever links to it, report.html for
reading and printing, and tables/ as CSV.
The same asked twice gives the same bytes, whatever the number of threads.

Whoever has report.json and book.json can check all of it, without this database: undertow verify.
docs/reports.md says what that shows and what not. A key is read, used and forgotten.

Examples:
  undertow report scenario --shock ETH=-30% --out my-report
  undertow report state --out state-of-risk --pdf
  undertow report sweep --grid ETH=-10%,-20%,-30% --out grid
  undertow report sweep --prices prices.csv --model student-t --seed 7 --out tail --sign key.txt
  undertow report incident --from 1200 --to 1260 --out crash
  undertow report scenario docs/examples/positions.csv --shock ETH=-30% --out loans
  undertow report proposal --prices prices.csv --model student-t --tolerance 100000 --venue aave-v3@devnet \\
                           --parameter liquidationThreshold liquidationBonus --out proposal
  undertow verify my-report/report.json
  undertow report compare monday/report.json tuesday/report.json`;
