/** Before a connection is ended: what happens, and what stays. */
export const leaveTexts = {
  ask: 'Disconnect {name}?',
  consent: 'Nothing more is read or written. The link is removed at {system} too.',
  typed:
    'Nothing more is read or written. The access that you typed is forgotten here. At {system} it stays valid until you delete it there.',
  stays:
    'What was written stays in {system}. Mappings and links are kept: connect the same account again and all is as before.',
  lists:
    'Lists of users stay on the {document}s, too. To have them taken away, switch “Export lists of users” off in Settings first, and choose Check now.',
  done: 'Disconnected.',
} as const;
