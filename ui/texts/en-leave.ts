/** Before a connection is ended: what happens, and what stays. */
export const leaveTexts = {
  ask: 'Disconnect {name}?',
  what: [
    'Nothing more is read or written. The link is removed at {system} too.',
    'What was written stays in {system}. Mappings and links are kept: connect the same account again and all is as before.',
  ],
  done: 'Disconnected.',
} as const;
