// The pages of a real run, in a real browser, on a chain that stands still: what is on screen is what the API and the command line
// say. All of it is one file with one chain and one browser (`real-pages/real-run.ts`).
import './real-pages/scenario.ts';
import './real-pages/single-things.ts';
import './real-pages/whole-lists.ts';
import './real-pages/cap-update.ts';
import './real-pages/sweep.ts';
import './real-pages/advice.ts';
import './real-pages/same-again.ts';
