import { formatServiceDay } from "../../i18n/format-time.ts";
import { Button } from "../components/button.tsx";
import { useDispatch, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Phrases } from "../components/phrases.tsx";
import type { KioskMessageKey } from "../messages/messages.ts";
import type { CheckInResult, StateAt } from "../state/state.ts";
import styles from "./check-in-screen.module.css";
import { useCodeReader } from "./use-code-reader.ts";

/** Every character of a booking's code, in alphabetical order: familiar to readers of every script. */
const KEYS = [..."1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** The narrowest layout has room for so many characters in large type. */
const MAX_LARGE_CHARACTERS = 10;

const NOTICES: Readonly<Partial<Record<CheckInResult, KioskMessageKey>>> = {
	unknown: "checkIn.unknown",
	"other-day": "checkIn.otherDay",
	over: "checkIn.over",
	"too-many-attempts": "checkIn.tooManyAttempts",
	"topic-unavailable": "topics.unknown",
};

/** A visitor with an appointment types the booking's code, on the screen or a keyboard. */
export default function CheckInScreen({ state }: { state: StateAt<"check-in"> }) {
	const { t } = useMessages();
	const dispatch = useDispatch();
	const { typed, result } = state;
	const type = (text: string) => dispatch({ type: "code-typed", typed: text });
	useCodeReader({ typed, type, go: () => dispatch({ type: "check-in-requested" }) });
	const notice =
		result === "other-day" && state.serviceDay !== undefined
			? t(state.isPast ? "checkIn.wasOnDay" : "checkIn.onDay", {
					day: formatServiceDay(state.serviceDay, state.language),
				})
			: NOTICES[result] && t(NOTICES[result]);
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>
					<Phrases text={t("checkIn.title")} />
				</Heading>
				{notice === undefined ? (
					<p className={styles.hint}>{t("checkIn.hint")}</p>
				) : (
					<p className={styles.notice} role="alert">
						<Icon name="info" />
						<span>{notice}</span>
					</p>
				)}
				<p className={styles.typed} data-long={typed.length > MAX_LARGE_CHARACTERS ? "" : undefined} aria-live="polite">
					<bdi dir="ltr">{typed}</bdi>
				</p>
			</div>
			<div className={styles.keys} dir="ltr">
				{KEYS.map((key) => (
					<button key={key} type="button" onClick={() => type(typed + key)}>
						{key}
					</button>
				))}
				<button type="button" className={styles.erase} onClick={() => type(typed.slice(0, -1))}>
					{t("checkIn.erase")}
				</button>
			</div>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => dispatch({ type: "went-back" })}>
					{t("back")}
				</Button>
				<Button kind="primary" icon={<Icon name="ticket" />} onPress={() => dispatch({ type: "check-in-requested" })}>
					{t(result === "pending" ? "ticket.issuing" : "checkIn.go")}
				</Button>
			</div>
		</main>
	);
}
