import type { Language } from "../../../protocol/model/language.ts";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";
import { formatTime } from "../../i18n/format-time.ts";
import type { Translate } from "./messages.ts";

/** The state in one line: also the page's title, so that a glance at the phone's tabs tells it. */
export function statusTitle(ticket: PhoneTicket, t: Translate, language: Language): string {
	const { state, ahead, heldBack } = ticket;
	const counter = ticket.counter ?? "";
	switch (state) {
		case "waiting":
			if (heldBack?.reason === "missed-call") return t("calledBefore");
			if (heldBack?.reason === "late")
				return t("lateUntil", { time: formatTime(heldBack.until, language, ticket.timezone) });
			return isNext(ticket) ? t("next") : `${t("ahead")} ${ahead}`;
		case "called":
			return t("called", { counter });
		case "serving":
			return t("serving", { counter });
		case "parked":
			return t("parked");
		case "missed":
			return t("missed");
		case "finished":
			return t(ticket.isReferred ? "referred" : "finished");
		case "cancelled":
			return t("cancelled");
	}
}

/** Nobody is before it and somebody could call it. Without a wait no counter serves it now: "next" would be a promise. */
export function isNext({ state, ahead, heldBack, wait }: PhoneTicket): boolean {
	return state === "waiting" && ahead === 0 && heldBack === null && wait !== null;
}
