export const projects: Record<string, unknown>;
export const venueFiles: readonly string[];
