import { useEffect, useState } from "react";
import type { Answer } from "../../../api-client/answer.ts";
import type { OtherSite } from "../../../protocol/api/board.ts";
import type { Visit } from "../state/state.ts";
import { useKioskContext } from "./context.ts";

const ASKS_AGAIN_AFTER = 2_000;

/** Asks until the station answers or the signal aborts; undefined where the station refuses. */
export async function untilAnswered<T>(ask: () => Promise<Answer<T>>, wanted: AbortSignal): Promise<T | undefined> {
	while (!wanted.aborted) {
		const answer = await ask();
		if (answer.kind === "ok") return answer.value;
		if (answer.kind === "refused") return undefined;
		await new Promise((wake) => setTimeout(wake, ASKS_AGAIN_AFTER));
	}
	return undefined;
}

/** The other sites that offer the topic; empty until they are known. */
export function useOtherSites({ topic, language }: Visit & { at: "unavailable" }): readonly OtherSite[] {
	const { otherSites } = useKioskContext();
	const [sites, setSites] = useState<readonly OtherSite[]>([]);
	useEffect(() => {
		const shown = new AbortController();
		void untilAnswered(() => otherSites(topic, language), shown.signal).then((found) => {
			if (found && !shown.signal.aborted) setSites(found.sites);
		});
		return () => shown.abort();
	}, [otherSites, topic, language]);
	return sites;
}
