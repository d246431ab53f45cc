import { ensureArtifacts } from '@undertow/devnet';

// Fetched and compiled once, so that no test pays for it or races another for it.
await ensureArtifacts({ onProgress: (message) => process.stderr.write(`${message}\n`) });
