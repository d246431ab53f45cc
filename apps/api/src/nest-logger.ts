import type { LoggerService } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';

/** Nest's own messages as pino lines; its start-up chatter is debug. */
export function nestLogger(log: Logger): LoggerService {
  const text = (message: unknown): string => String(message instanceof Error ? message.message : message);
  return {
    log: (message: unknown) => log.debug(text(message)),
    debug: (message: unknown) => log.debug(text(message)),
    verbose: (message: unknown) => log.trace(text(message)),
    warn: (message: unknown) => log.warn(text(message)),
    error: (message: unknown, ...more: unknown[]) => {
      // Refusals of what a client asked; what fails inside is reported, with its cause, by `presentError`.
      if (message instanceof GraphQLError) log.debug({ more }, text(message));
      else log.error({ more }, text(message));
    },
    fatal: (message: unknown, ...more: unknown[]) => log.fatal({ more }, text(message)),
  };
}
