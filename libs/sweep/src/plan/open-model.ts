import { openFiltered } from './filtered.ts';
import type { MonteCarloPlan } from './plan.ts';
import { openStudentT, type DrawReturns } from './student-t.ts';

/**
 * Opens a model for drawing: log returns by factor over the horizon, a function of seed and index alone.
 *
 * @throws BadDataError for a covariance that is none.
 */
export const openModel = (model: MonteCarloPlan['model']): DrawReturns =>
  model.kind === 'student-t' ? openStudentT(model) : openFiltered(model);
