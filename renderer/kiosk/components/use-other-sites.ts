import { useEffect, useState } from "react";
import type { OtherSite } from "../../../protocol/api/board.ts";
import { Missed } from "../effects/station-client.ts";
import type { Visit } from "../state/state.ts";
import { useParts } from "./context.ts";

const ASKS_AGAIN_AFTER = 2_000;

/** Asks until the station answers or nobody wants to know any more; undefined where it refuses. */
export async function untilAnswered<T>(ask: () => Promise<T>, wanted: AbortSignal): Promise<T | undefined> {
	while (!wanted.aborted) {
		try {
			return await ask();
		} catch (fault) {
			if (!(fault instanceof Missed)) return undefined;
		}
		await new Promise((wake) => setTimeout(wake, ASKS_AGAIN_AFTER));
	}
	return undefined;
}

/** The other sites that offer the topic; empty until they are known. */
export function useElsewhere({ topic, language }: Visit & { at: "away" }): readonly OtherSite[] {
	const { elsewhere } = useParts();
	const [sites, setSites] = useState<readonly OtherSite[]>([]);
	useEffect(() => {
		const shown = new AbortController();
		void untilAnswered(() => elsewhere(topic, language), shown.signal).then((found) => {
			if (found && !shown.signal.aborted) setSites(found);
		});
		return () => shown.abort();
	}, [elsewhere, topic, language]);
	return sites;
}
