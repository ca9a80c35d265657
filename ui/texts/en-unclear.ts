/** Texts about writes whose outcome nobody could tell. */
export const unclearTexts = {
  title: 'Please look in {system}',
  lead: 'The answer to these was lost, and {system} does not tell by itself what became of them. Nothing more is done about them until you say what you found there.',
  what: {
    undo: 'Taking our lines off {document} {number}',
    change: 'Posting {document} {number}',
    send: 'E-mailing {document} {number}',
    create: 'Creating {number}',
  },
  asked: 'asked by {name}, {time}',
  open: 'Open in {system}',
  happened: 'It happened',
  absent: 'It did not: try again',
  sureTitle: 'Did it happen?',
  sure: {
    undo: 'Is it already without our lines there, or gone? Then the orders count as taken back. If the lines still stand, say that it did not happen.',
    change:
      'Is it posted there? Then nothing more is done. If it is still a draft, say that it did not happen.',
    send: 'Was it e-mailed there? Then nothing more is done. E-mailing it again would reach the customer twice.',
    create:
      'Is it there? Then choose it under Mappings. Creating it again would make a second one.',
  },
  done: 'Noted.',
} as const;
