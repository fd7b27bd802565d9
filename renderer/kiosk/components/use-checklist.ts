import { useEffect, useState } from "react";
import type { Checklist } from "../../../protocol/api/checklist.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { Papers, TicketRequest } from "../state/state.ts";
import { useKioskContext } from "./context.ts";
import { untilAnswered } from "./use-other-sites.ts";

type Asked = Pick<Papers, "answers"> & Pick<TicketRequest, "topic" | "nextTopics"> & { language: Language };

/** The last lists, so that the next screen about the same topics has its list at once. */
const known = new Map<string, Checklist>();
const MAX_KNOWN = 40;

export const requestOf = ({ topic, nextTopics, answers, language }: Asked) => ({
	topics: [topic, ...nextTopics],
	answers,
	language,
});

/** What to bring for the requested topics; undefined until the station answers. */
export function useChecklist(asked: Asked): Checklist | undefined {
	const { checklist } = useKioskContext();
	const key = JSON.stringify(requestOf(asked));
	const [received, setReceived] = useState<{ key: string; list: Checklist }>();
	useEffect(() => {
		const mounted = new AbortController();
		void untilAnswered(() => checklist(JSON.parse(key)), mounted.signal).then((list) => {
			if (!list) return;
			if (known.size >= MAX_KNOWN) known.clear();
			known.set(key, list);
			if (!mounted.signal.aborted) setReceived({ key, list });
		});
		return () => mounted.abort();
	}, [checklist, key]);
	return received?.key === key ? received.list : known.get(key);
}
