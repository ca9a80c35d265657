import type { Mail } from '../mail.ts';

/** Sends one mail to all its recipients. Throws AppError `mail.unreachable` or `mail.refused`. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}
