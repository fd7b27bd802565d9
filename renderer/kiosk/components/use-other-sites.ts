import { useEffect, useState } from "react";
import type { Answer } from "../../../api-client/answer.ts";
import type { OtherSite } from "../../../protocol/api/board.ts";
import type { StateAt } from "../state/state.ts";
import { useKioskContext } from "./context.ts";

const RETRY_MS = 2_000;

/** Repeats a request until the station answers or `signal` aborts; undefined where the station refuses. */
export async function untilAnswered<T>(request: () => Promise<Answer<T>>, signal: AbortSignal): Promise<T | undefined> {
	while (!signal.aborted) {
		const answer = await request();
		if (answer.kind === "ok") return answer.value;
		if (answer.kind === "refused") return undefined;
		await new Promise((wake) => setTimeout(wake, RETRY_MS));
	}
	return undefined;
}

/** The other sites that offer the topic; empty until the station answers. */
export function useOtherSites({ topic, language }: StateAt<"unavailable">): readonly OtherSite[] {
	const { otherSites } = useKioskContext();
	const [sites, setSites] = useState<readonly OtherSite[]>([]);
	useEffect(() => {
		const mounted = new AbortController();
		void untilAnswered(() => otherSites(topic, language), mounted.signal).then((found) => {
			if (found && !mounted.signal.aborted) setSites(found.sites);
		});
		return () => mounted.abort();
	}, [otherSites, topic, language]);
	return sites;
}
