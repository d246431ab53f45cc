export { isPublicAddress } from './public-address.ts';
export { readTargets, urlFlaw, type Target } from './targets.ts';
export { sendWebhook, type Message, type Resolve, type Sent } from './send-webhook.ts';
export { noticesOf } from './notices-of.ts';
export { MOST_ATTEMPTS, sendNotices, waitAfter, type Sending } from './send-notices.ts';
