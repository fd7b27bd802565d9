/**
 * A ticket's number as people read it: the series' letter and three digits. Past 999 it goes on
 * with four (A999, A1000): one letter belongs to one series only, so no number of another series
 * is ever met, and nothing restarts within a day.
 */
export function formatNumber(series: string, ordinal: number): string {
	return `${series}${String(ordinal).padStart(3, "0")}`;
}
