/** Middleware shape of Express, as much of it as is needed here. */
interface HeaderResponse {
  setHeader(name: string, value: string): unknown;
}

/** Everything a page loads comes from its own origin; `'self'` covers the WebSocket of the same origin. */
const STRICT: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** The strict policy for what a page may load, with other sources where one page needs them. */
export const policyOf = (relaxed: Readonly<Record<string, string>>): string =>
  Object.entries({ ...STRICT, ...relaxed })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policyOf({}),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Express middleware that puts `SECURITY_HEADERS` on every answer. */
export function securityHeaders(_request: unknown, response: HeaderResponse, next: () => void): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  next();
}
