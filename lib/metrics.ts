import { timingSafeEqual } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** Prometheus metrics of one program. Never a person, a ticket or a code: only counts, sizes and times. */
export interface Metrics {
	registry: Registry;
	observeRequest(request: { path: string; status: number; durationMs: number }): void;
	/** In Prometheus's text format. */
	read(): Promise<string>;
	close(): void;
}

export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;
/** Coarse, so that measuring wakes a quiet kiosk ten times a second and no more. */
const LAG_RESOLUTION_MS = 100;
/** Screens promise an answer within 100 ms. */
const DURATION_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const LAG_QUANTILES = [0.5, 0.99] as const;

/** What every program has. `collect` sets the gauges of the program itself, at each reading. */
export function createMetrics(program: string, version: string): Metrics {
	const registry = new Registry();
	const registers = [registry];
	new Gauge({
		...{ name: "paihao_build_info", help: "Always 1; the labels name program and version.", registers },
		labelNames: ["program", "version"],
	}).set({ program, version }, 1);
	new Gauge({
		...{ name: "process_resident_memory_bytes", help: "Memory of the process.", registers },
		collect() {
			this.set(process.memoryUsage.rss());
		},
	});
	new Gauge({ name: "process_start_time_seconds", help: "When the process started.", registers }).set(
		Math.round(Date.now() / 1_000 - process.uptime()),
	);
	const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
	lag.enable();
	new Gauge({
		...{ name: "paihao_event_loop_lag_seconds", help: "Delay of the event loop since the last reading.", registers },
		labelNames: ["quantile"],
		collect() {
			for (const quantile of LAG_QUANTILES)
				this.set({ quantile }, Math.max(0, lag.percentile(quantile * 100) / 1e9 - LAG_RESOLUTION_MS / 1e3));
			lag.reset();
		},
	});
	const requests = new Histogram({
		...{ name: "paihao_http_request_duration_seconds", help: "Time until an answer began.", registers },
		labelNames: ["area", "status"],
		buckets: DURATION_BUCKETS_S,
	});
	const areaOf = openAreas();
	return {
		registry,
		observeRequest: ({ path, status, durationMs }) =>
			requests.observe({ area: areaOf(path, status), status }, durationMs / 1_000),
		read: () => registry.metrics(),
		close: () => void lag.disable(),
	};
}

/** Gauges that are read when Prometheus asks. An undefined value is left out. */
export function addGauges(
	registry: Registry,
	gauges: Readonly<Record<string, readonly [help: string, read: () => number | undefined]>>,
): void {
	for (const [name, [help, read]] of Object.entries(gauges))
		new Gauge({
			...{ name, help, registers: [registry] },
			collect() {
				const value = read();
				if (value === undefined) this.reset();
				else this.set(value);
			},
		});
}

export function addCounter(registry: Registry, name: string, help: string, label: string): Counter {
	return new Counter({ name, help, labelNames: [label], registers: [registry] });
}

/**
 * The part of a path that its time is counted under: "api/tickets". A path is counted under its own name once it was
 * answered well; until then it is "none". A stranger's requests are refused under any path, and must not make thousands.
 */
function openAreas(): (path: string, status: number) => string {
	const known = new Set<string>();
	return (path, status) => {
		const [first = "", second] = path.split("/").filter((part) => part !== "");
		const isDivided = first.endsWith("api") || first === "sync" || first === "fleet";
		const area = isDivided ? [first, second].filter(Boolean).join("/") : first || "start";
		if (status < 400) known.add(area);
		return known.has(area) ? area : "none";
	};
}

/** Whether a request bears the token for metrics. */
export function bearsToken(request: Request, token: string | undefined): boolean {
	const given = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
	if (token === undefined || given === undefined) return false;
	const [one, other] = [Buffer.from(given), Buffer.from(token)];
	return one.length === other.length && timingSafeEqual(one, other);
}
