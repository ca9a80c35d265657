/** `unsubscribed`: the customer wants none, so that switching many on passes them by. */
export const letterSwitches = ['off', 'on', 'unsubscribed'] as const;
export type LetterSwitch = (typeof letterSwitches)[number];
