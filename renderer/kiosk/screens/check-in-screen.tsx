import { useEffect } from "react";
import { Button } from "../components/button.tsx";
import { useDispatch, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import type { KioskMessageKey } from "../messages/messages.ts";
import type { CheckIn, Visit } from "../state/state.ts";
import styles from "./check-in-screen.module.css";

/** Every letter and digit that a booking's code may have, in the order of the alphabet: visitors of every script find them. */
const KEYS = [..."1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** As many letters as the narrowest place holds in large type. */
const FITS_LARGE = 10;

const ANSWERS: Readonly<Partial<Record<CheckIn, KioskMessageKey>>> = {
	unknown: "checkin.unknown",
	"other-day": "checkin.otherDay",
	"too-many-tries": "checkin.tries",
	"not-taken": "topics.gone",
};

/** The code of a booking, typed on the screen or on a keyboard. */
export default function CheckInScreen({ visit }: { visit: Visit & { at: "check-in" } }) {
	const { t } = useMessages();
	const dispatch = useDispatch();
	const { typed, answer } = visit;
	const type = (text: string) => dispatch({ type: "code-typed", typed: text });
	useTyping(typed, type, () => dispatch({ type: "check-in-asked" }));
	const said = ANSWERS[answer];
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>{t("checkin.title")}</Heading>
				{said === undefined ? (
					<p className={styles.hint}>{t("checkin.hint")}</p>
				) : (
					<p className={styles.notice} role="alert">
						<Icon name="info" />
						<span>{t(said)}</span>
					</p>
				)}
				<p className={styles.typed} data-long={typed.length > FITS_LARGE ? "" : undefined} aria-live="polite">
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
					{t("checkin.erase")}
				</button>
			</div>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => dispatch({ type: "went-back" })}>
					{t("back")}
				</Button>
				<Button kind="primary" icon={<Icon name="ticket" />} onPress={() => dispatch({ type: "check-in-asked" })}>
					{t(answer === "asking" ? "ticket.moment" : "checkin.go")}
				</Button>
			</div>
		</main>
	);
}

/** A keyboard or a code reader types as well. */
function useTyping(typed: string, type: (text: string) => void, go: () => void): void {
	useEffect(() => {
		function onKeyDown(event: KeyboardEvent): void {
			if (event.ctrlKey || event.altKey || event.metaKey) return;
			if (event.key === "Backspace") type(typed.slice(0, -1));
			else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) go();
			else if (/^[\w-]$/.test(event.key)) type(typed + event.key.toUpperCase());
		}
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	});
}
