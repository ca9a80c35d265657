import type { ErrorCode } from '../domain/errors.ts';

export interface ErrorText {
  /** What happened. */
  message: string;
  /** What to do now. */
  next: string;
}

/**
 * What a person reads for each failure: a bookkeeper at a reseller, not a programmer. `{name}` is a
 * fact of the failure; `{name|words}` says what stands there when the fact is not known.
 */
export const errorTexts: Readonly<Record<ErrorCode, ErrorText>> = {
  'request.invalid': {
    message: 'Something in the form cannot be used{field|}. Nothing was changed.',
    next: 'Correct it and try again.',
  },
  'request.too-large': {
    message: 'What was sent is too large. Nothing was changed.',
    next: 'Send less at once, for example fewer rows.',
  },
  'request.incomplete': {
    message: 'The request did not arrive whole. Nothing was changed.',
    next: 'Look at your connection, then try again.',
  },
  'request.not-found': {
    message: 'This is not here, or no longer.',
    next: 'Go back and open it again from the list.',
  },
  'request.method': {
    message: 'This address does not take that kind of request.',
    next: 'Load the page again. If it stays, tell support the request number.',
  },
  'request.conflict': {
    message: 'This was changed by somebody else in the meantime. Nothing of yours was saved.',
    next: 'Look at the new state, then make your change again.',
  },
  'request.too-many': {
    message: 'There were too many requests in a short time.',
    next: 'Wait {afterSeconds|60} seconds, then try again.',
  },
  'request.origin': {
    message: 'The request came from another website and was refused.',
    next: 'Open the app from your marketplace.',
  },
  'plan.stale': {
    message: 'Something changed after you saw this preview, so nothing was written.',
    next: 'Look at the new preview and confirm it.',
  },
  'settings.impossible': {
    message: 'These settings cannot work together{field|}. Nothing was saved.',
    next: 'Choose another value for the marked field.',
  },
  'question.open': {
    message: 'A question has to be answered first.',
    next: 'Answer it under "Needs you", then try again.',
  },
  'run.second': {
    message: 'It is prepared and waits for a second person.',
    next: 'Somebody else who may approve looks at it under "Waits for a second person" and confirms or declines it.',
  },
  'run.same-person': {
    message: 'Who prepared something cannot confirm it too. Nothing was written.',
    next: 'Ask a colleague who may approve.',
  },
  'access.grant': {
    message: 'This needs the right "Approve and automatic".',
    next: 'Ask an administrator to give it to you under Settings > People.',
  },
  'customer.not-billed-here': {
    message: 'This customer is not billed from this connection. Nothing was changed.',
    next: 'Open the connection that bills this customer, or switch "Billed here" on under Mappings.',
  },
  'month.not-over': {
    message: 'This month is not over yet. Nothing was changed.',
    next: 'Close it after its last day.',
  },
  'month.open': {
    message: 'Something of this month still waits for an answer. It was not closed.',
    next: 'Answer what is listed on the page of the month, then close it.',
  },
  'access.unauthenticated': {
    message: 'You are not signed in here, or your sign-in was not accepted.',
    next: 'Open the app again from your marketplace.',
  },
  'access.forbidden': {
    message: 'Your role in the marketplace does not allow this.',
    next: 'Ask an administrator of your marketplace account.',
  },
  'access.step-up': {
    message: 'This needs a fresh sign-in from your marketplace.',
    next: 'Try again; if it is asked once more, load the marketplace page again.',
  },
  'access.expired': {
    message: 'Your sign-in has ended after five minutes, as it always does.',
    next: 'It is renewed by itself. If not, load the marketplace page again.',
  },
  'access.disabled': {
    message: 'The app is switched off or removed for your marketplace account.',
    next: 'An administrator can switch it on again in the marketplace.',
  },
  'connect.expired': {
    message:
      'This attempt to connect is over: it took too long, was used already, or a newer one was started.',
    next: 'Close the window and choose Connect again.',
  },
  'connect.mismatch': {
    message: 'The answer did not come back to the window that asked for it, so it was not used.',
    next: 'Choose Connect again and finish in the window that opens. Do not use a link that somebody sent you.',
  },
  'connect.refused': {
    message: '{system|The accounting system} did not give access.',
    next: '{check|Choose Connect again and allow access. You need a login there that may connect apps.}',
  },
  'connect.in-use': {
    message: '{account|This organisation} is already connected by another marketplace account.',
    next: 'Disconnect it there first, or choose another organisation.',
  },
  'connect.no-organisation': {
    message: 'Your login reaches no organisation that could be connected.',
    next: 'Choose Connect again and pick an organisation, or ask its owner to invite you.',
  },
  'connect.right': {
    message: 'The login may not do what this connection needs: {right|a right is missing}.',
    next: 'Grant it there: {where|in the settings of the login}. Then choose Test connection again.',
  },
  'connect.host': {
    message: 'This app may not call that address.',
    next: 'Check the address of your server. If it is right, ask the operator of this app to add it to SELF_HOSTED.',
  },
  'connect.currency': {
    message:
      'Several currencies are set up there, and nothing tells which one is your home currency.',
    next: 'Enter under “Home currency” one of {choices|the currencies there}.',
  },
  'marketplace.credentials': {
    message: 'The marketplace does not accept the access data. Orders are not being read.',
    next: 'Open the marketplace settings, enter the access data again and save.',
  },
  'marketplace.unreachable': {
    message: 'The marketplace did not answer. Nothing is lost; nothing was written because of it.',
    next: 'It is tried again by itself. If it lasts for hours, ask the marketplace.',
  },
  'marketplace.limited': {
    message: 'The marketplace asks us to wait a moment before the next request.',
    next: 'Nothing to do: it goes on by itself.',
  },
  'marketplace.quota': {
    message: 'Today’s number of requests to the marketplace is used up.',
    next: 'Reading goes on tomorrow by itself. Your marketplace can raise the number.',
  },
  'marketplace.answer': {
    message: 'The marketplace gave an answer that cannot be understood.',
    next: 'It is tried again by itself. If it stays, send the details to support.',
  },
  'marketplace.not-connected': {
    message: 'The marketplace’s orders cannot be read yet: the access data is missing.',
    next: 'Open the marketplace settings and enter it.',
  },
  'system.unreachable': {
    message: '{system|The accounting system} did not answer. What was to be written waits.',
    next: 'It is tried again by itself.',
  },
  'system.limited': {
    message: '{system|The accounting system} asks us to wait before the next request.',
    next: 'Nothing to do: it goes on by itself.',
  },
  'system.quota': {
    message: 'Today’s number of requests to {system|the accounting system} is used up.',
    next: 'It goes on by itself when the day’s number is renewed.',
  },
  'system.answer': {
    message: '{system|The accounting system} gave an answer that cannot be understood.',
    next: 'It is tried again by itself. If it stays, send the details to support.',
  },
  'system.rejected': {
    message: '{system|The accounting system} refused it. Nothing of it was written.',
    next: 'Read its own words below, correct what it names, then try again.',
  },
  'system.reconnect': {
    message:
      'The access to {system|the accounting system} has ended. Nothing is written until it is renewed.',
    next: 'An administrator has to choose Reconnect. Settings and mappings stay.',
  },
  'system.scope': {
    message: 'The connection does not have the right that this needs.',
    next: 'Choose Reconnect and allow everything that is asked.',
  },
  'system.disconnected': {
    message: 'The connection was removed on the side of {system|the accounting system}.',
    next: 'Choose Reconnect to go on. Settings and mappings stay.',
  },
  'system.maintenance': {
    message: '{system|The accounting system} is under maintenance.',
    next: 'It is tried again by itself.',
  },
  'system.volume': {
    message: 'This is more than {system|the accounting system} takes at once.',
    next: 'Write fewer orders together.',
  },
  'system.not-connected': {
    message: 'No accounting system is connected here.',
    next: 'An administrator can choose Connect on the dashboard.',
  },
  'system.unknown-outcome': {
    message:
      'It is not known yet whether {system|the accounting system} has it. Nothing is written twice.',
    next: 'It is being looked up. Do not enter it by hand before that is done.',
  },
  'system.bug': {
    message:
      'We sent something that {system|the accounting system} could not take. That is our mistake.',
    next: 'Tell support the request number. Your other orders are not affected.',
  },
  'system.timeout': {
    message: '{system|The accounting system} took too long to answer.',
    next: 'It is looked up and tried again by itself.',
  },
  'mail.not-configured': {
    message: 'This app has no mail server, so nothing can be sent.',
    next: 'Ask whoever runs the app to set one up.',
  },
  'mail.no-recipient': {
    message: 'Nobody is named whom a mail could go to.',
    next: 'Type at least one address and save it.',
  },
  'mail.unreachable': {
    message: 'The mail server did not answer. The mail was not sent.',
    next: 'It is tried again by itself. If it stays, tell whoever runs the app.',
  },
  'mail.unclear': {
    message: 'Nobody knows whether the mail server took the mail: its answer was lost.',
    next: 'A mail to a customer is not sent again before you say what became of it.',
  },
  'mail.refused': {
    message: 'The mail server refused the mail.',
    next: 'Read what it said, and check the addresses.',
  },
  'system.resting': {
    message:
      '{system|The accounting system} failed several times in a row, so it is not called for a while. What was to be written waits.',
    next: 'Nothing to do: one call tries again at the time shown. Check now tries at once.',
  },
  'system.fails-on-this': {
    message:
      '{system|The accounting system} fails every time this one is sent, alone too. It was not written; the others were.',
    next: 'Look at its details in the Action log, mend what is unusual about it, then write it again. Or ignore it with a reason.',
  },
  'keys.missing': {
    message:
      'Version {version|1} of the master key is not in MASTER_KEYS, and what it sealed is still in use.',
    next: 'Put it back, beside a newer one if there is one. The log says master-key-retired when it may go.',
  },
  'keys.wrong': {
    message: 'Version {version|1} in MASTER_KEYS is not the key that had this number before.',
    next: 'Put the right key back. A new key gets a number of its own, higher than all before.',
  },
  'store.full': {
    message: 'There is no room left to store this. Nothing was changed.',
    next: 'The operator of the app has to make room. Then it goes on by itself.',
  },
  'store.read-only': {
    message: 'The disk of the app takes no changes at the moment. Nothing was changed.',
    next: 'The operator of the app has to make it writable. Then it goes on by itself.',
  },
  'store.failed': {
    message: 'What is stored could not be read or written. Nothing was changed.',
    next: 'The operator of the app has to look into it. Tell support the request number.',
  },
  'store.queue-full': {
    message: 'More is waiting to be stored than can be taken in. Nothing was changed.',
    next: 'Try again in a minute.',
  },
  'work.busy': {
    message: 'Something else is being written here right now.',
    next: 'Wait until it is done, then try again.',
  },
  'work.paused': {
    message: 'Writing is paused.',
    next: 'Choose Resume to go on.',
  },
  internal: {
    message: 'Something went wrong on our side.',
    next: 'Try again. If it stays, tell support the request number.',
  },
};

/** The text with its facts filled in. A fact is cut at 200 characters. */
export function filled(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)(?:\|([^}]*))?\}/g, (_whole, name: string, otherwise = '') => {
    const fact = Object.hasOwn(facts, name) ? (facts[name] ?? '').slice(0, 200) : '';
    if (fact === '') return otherwise;
    return name === 'field' ? ` (${fact})` : fact;
  });
}
