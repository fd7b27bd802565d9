/** Who waits with Poisson arrivals and so many counters (M/M/c): the share of visitors who find every counter busy. */
export function waitingProbability(counters: number, offeredErlangs: number): number {
	if (offeredErlangs <= 0) return 0;
	if (counters <= offeredErlangs) return 1;
	// Erlang's B by its recursion: no factorial grows out of range.
	let blocked = 1;
	for (let count = 1; count <= counters; count += 1)
		blocked = (offeredErlangs * blocked) / (count + offeredErlangs * blocked);
	return blocked / (1 - (offeredErlangs / counters) * (1 - blocked));
}

export interface Workload {
	arrivalsPerHour: number;
	meanServiceMs: number;
}

/** The share of visitors who wait `withinMs` at most. */
export function serviceLevel(counters: number, { arrivalsPerHour, meanServiceMs }: Workload, withinMs: number): number {
	const offered = (arrivalsPerHour * meanServiceMs) / HOUR_MS;
	if (offered <= 0) return 1;
	if (counters <= offered) return 0;
	return 1 - waitingProbability(counters, offered) * Math.exp((-(counters - offered) * withinMs) / meanServiceMs);
}

/** The fewest counters with which a share of the visitors waits `withinMs` at most. */
export function countersNeeded(workload: Workload, { withinMs, share }: { withinMs: number; share: number }): number {
	const offered = (workload.arrivalsPerHour * workload.meanServiceMs) / HOUR_MS;
	if (offered <= 0) return 0;
	let counters = Math.floor(offered) + 1;
	while (serviceLevel(counters, workload, withinMs) < share) counters += 1;
	return counters;
}

const HOUR_MS = 3_600_000;
