import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ServerUser } from './server-user.ts';

/** Where programs and data go that a stepped-down server could not reach below root's own folders. */
export const SHARED_STATE = '/var/lib/undertow';

/** Whether the user may pass through every folder from the root down to `folder`, by their mode bits. */
export async function reachable(folder: string, user: ServerUser): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}
