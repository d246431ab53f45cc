import type { ReportContent } from '@undertow/report';
import type { ReportChart } from './chart.ts';
import { incidentCharts } from './incident-charts.ts';
import { scenarioCharts } from './scenario-charts.ts';
import { stateCharts } from './state-charts.ts';
import { sweepCharts } from './sweep-charts.ts';

/** The charts of a report, drawn from its own tables by the code that draws the dashboard's. */
export function reportCharts(content: ReportContent): ReportChart[] {
  switch (content.kind) {
    case 'scenario':
      return scenarioCharts(content);
    case 'sweep':
    case 'proposal':
      return sweepCharts(content);
    case 'incident':
      return incidentCharts(content);
    case 'state':
      return stateCharts(content);
  }
}
