// A minute of the day as the control for times of day shows it.

const two = (value: number) => String(value).padStart(2, '0');
export const clockOf = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
export function minuteOf(text: string): number {
  const [hour = '0', minute = '0'] = text.split(':');
  return Number(hour) * 60 + Number(minute);
}
