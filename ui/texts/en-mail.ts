/** Mails to the reseller's own people: whom, when, and what they say. */
export const mailTexts = {
  title: 'Mail',
  lead: 'What needs you comes to you: once a day in figures, and at once when something stopped.',
  notConfigured:
    'Whoever runs this app has set up no mail server yet. What you save here acts as soon as there is one.',
  failed: 'The last mail could not be sent ({time}):',
  to: 'To',
  toHelp: 'One address on each line, ten at most. Nobody named: no mail.',
  digest: 'Daily digest',
  digestHelp:
    'What needs you, what is ready and what was written, with links that open the right screen.',
  digests: { on: 'Once a day, at a time', off: 'Never' },
  time: 'Time of day ({zone})',
  failures: 'When something stopped',
  failuresHelp:
    'At once, at most one mail an hour; what lasts is told again once a day until it is solved.',
  failureChoices: { on: 'Write at once', off: 'Never' },
  save: 'Save',
  saved: 'Saved.',
  test: 'Send a test mail',
  tested: 'Sent. It should arrive within a minute.',
  testHelp: 'Goes to the saved addresses.',
  preview: 'What the digest would say now',
  settings: 'Mail',
  tickets: 'What is told by mail and what by ticket',
  letters: 'Letters to customers: what changed on their bill',
} as const;
