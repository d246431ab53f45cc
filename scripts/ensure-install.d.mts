/** A message when this Node is too old to run the project, else undefined. */
export function nodeTooOld(version?: string): string | undefined;
/** Whether node_modules holds exactly what package-lock.json asks for. */
export function isInstalled(root: string): boolean;
/** Makes node_modules complete; throws an Error with what to do. */
export function ensureInstalled(root: string, say?: (line: string) => void): Promise<void>;
