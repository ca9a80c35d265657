/** Letters that nobody can see, line ends among them: what a person typed has none, what was copied may. */
export const hasControls = (text: string): boolean => /\p{Cc}/u.test(text);
