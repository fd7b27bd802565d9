import { useEffect, useState } from "react";
import type { OtherSite } from "../../../protocol/api/board.ts";
import { Missed } from "../effects/station-client.ts";
import type { Visit } from "../state/state.ts";
import { useKioskContext } from "./context.ts";

const ASKS_AGAIN_AFTER = 2_000;

/** Asks until the station answers or nobody wants to know any more; undefined where it refuses. */
export async function untilAnswered<T>(ask: () => Promise<T>, wanted: AbortSignal): Promise<T | undefined> {
	while (!wanted.aborted) {
		try {
			return await ask();
		} catch (error) {
			if (!(error instanceof Missed)) return undefined;
		}
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
			if (found && !shown.signal.aborted) setSites(found);
		});
		return () => shown.abort();
	}, [otherSites, topic, language]);
	return sites;
}
