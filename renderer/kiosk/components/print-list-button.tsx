import { useState } from "react";
import type { Checklist } from "../../../protocol/api/checklist.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { Papers, TicketRequest } from "../state/state.ts";
import { useKioskContext } from "./context.ts";
import { Icon } from "./icon.tsx";
import { requestOf } from "./use-checklist.ts";

type Asked = Pick<Papers, "answers"> & Pick<TicketRequest, "topic" | "nextTopics"> & { language: Language };

/**
 * Prints the list of what to bring, without a ticket. Pressed again after a lost response it prints no second one: a
 * list has one key for as long as the screen shows it.
 */
export function PrintListButton({ asked, labels }: { asked: Asked; labels: Checklist["labels"] }) {
	const { printChecklist } = useKioskContext();
	const request = requestOf(asked);
	const list = JSON.stringify(request);
	const [print, setPrint] = useState<{ list: string; key: string; state: "printing" | "printed" | "failed" }>();
	const current = print?.list === list ? print : undefined;
	const press = () => {
		if (current && current.state !== "failed") return;
		const key = current?.key ?? crypto.randomUUID();
		setPrint({ list, key, state: "printing" });
		printChecklist({ ...request, key }).then((answer) =>
			setPrint({ list, key, state: answer.kind === "ok" ? "printed" : "failed" }),
		);
	};
	const state = current?.state ?? "print";
	return (
		<button type="button" data-print={state} onClick={press}>
			<Icon name={state === "printed" ? "check" : state === "failed" ? "printer-x" : "printer"} />
			<span aria-live="polite">{labels[state]}</span>
		</button>
	);
}
