/** From the day after its confirm_by date on, at the site's own time. */
export function isPastConfirmBy({ confirmBy }: { confirmBy: string }, now: number, timezone: string): boolean {
	return new Intl.DateTimeFormat("en-CA", { timeZone: timezone, dateStyle: "short" }).format(now) > confirmBy;
}
