import { useEffect, useState, useSyncExternalStore } from "react";
import { directionOf, formattingLocale, LANGUAGES } from "../../../protocol/model/language.ts";
import icon from "../../ui/icon.svg";
import type { Store } from "../../ui/store.ts";
import hidden from "../../ui/visually-hidden.module.css";
import styles from "../board.module.css";
import { Calls } from "../components/calls.tsx";
import { Both } from "../components/chinese-and-english.tsx";
import { WaitingNumbers } from "../components/waiting-numbers.tsx";
import type { Announcer } from "../effects/announcer.ts";
import { t } from "../messages/messages.ts";
import { type Orientation, TURN_MS } from "../state/board-layout.ts";
import type { BoardEvent, BoardState } from "../state/board-state.ts";

interface BoardScreenProps {
	store: Store<BoardState, BoardEvent>;
	announcer: Announcer;
}

export function BoardScreen({ store, announcer }: BoardScreenProps) {
	const state = useSyncExternalStore(store.subscribe, store.read);
	const isBlocked = useSyncExternalStore(announcer.subscribe, announcer.isBlocked);
	const { board, site, link } = state;
	const now = useNow() + state.clockOffsetMs;
	const orientation = useOrientation();
	const clock = (instant: number) => wallClock(instant, site?.timezone);

	return (
		<div className={styles.board}>
			<header className={styles.head}>
				<img src={icon} alt="" className={styles.icon} />
				<h1 className={styles.site}>
					<span>{site?.shortNameChinese}</span>
					{site !== null && site.shortName !== site.shortNameChinese && <span lang="en">{site.shortName}</span>}
				</h1>
				<p role="status" className={styles.stale}>
					{link === "lost" && board !== null && (
						<Both chinese={t("zh-Hans", "lastUpdated", { time: clock(board.at) })}>
							{t("en", "lastUpdated", { time: clock(board.at) })}
						</Both>
					)}
				</p>
				{isBlocked && (
					<button type="button" className={styles.sound} onClick={announcer.unblock}>
						<Both chinese={t("zh-Hans", "sound")}>{t("en", "sound")}</Both>
					</button>
				)}
				<p className={styles.clock}>{clock(now)}</p>
			</header>
			<main className={styles.body}>
				{board === null || board.calls.length === 0 ? (
					<Empty />
				) : (
					<Calls
						calls={board.calls}
						newCalls={state.newCalls}
						orientation={orientation}
						turn={Math.floor(now / TURN_MS)}
					/>
				)}
				{board !== null && (
					<WaitingNumbers board={board} topics={state.topics} notice={state.notice} orientation={orientation} />
				)}
			</main>
			{state.notice !== null && (
				<footer
					key={state.notice.sentence}
					className={styles.boardNotice}
					lang={state.notice.language}
					dir={directionOf(state.notice.language)}
				>
					<span>{state.notice.sentence}</span>
				</footer>
			)}
			<LastAnnouncement state={state} />
		</div>
	);
}

/** Before the first call: that numbers will appear here, in all twelve languages. */
function Empty() {
	return (
		<ul className={styles.empty}>
			{LANGUAGES.map((language) => (
				<li key={language} lang={language} dir={directionOf(language)}>
					{t(language, "empty")}
				</li>
			))}
		</ul>
	);
}

/** The latest call for screen readers, in the visitor's language and in Chinese. */
function LastAnnouncement({ state }: { state: BoardState }) {
	const call = state.toAnnounce.at(-1);
	return (
		<div role="status" className={hidden.visuallyHidden}>
			{call !== undefined && (
				<>
					<p lang={call.language}>{t(call.language, "call", { number: call.number, counter: call.counter })}</p>
					{call.language !== "zh-Hans" && <p>{t("zh-Hans", "call", { number: call.number, counter: call.counter })}</p>}
				</>
			)}
		</div>
	);
}

function wallClock(instant: number, timezone: string | undefined): string {
	return new Intl.DateTimeFormat(formattingLocale("zh-Hans"), {
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
		...(timezone !== undefined && { timeZone: timezone }),
	}).format(instant);
}

/** This device's clock, once a second. */
function useNow(): number {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		const timer = window.setInterval(() => setNow(Date.now()), 1000);
		return () => window.clearInterval(timer);
	}, []);
	return now;
}

const PORTRAIT = matchMedia("(orientation: portrait)");

function useOrientation(): Orientation {
	return useSyncExternalStore(
		(listener) => {
			PORTRAIT.addEventListener("change", listener);
			return () => PORTRAIT.removeEventListener("change", listener);
		},
		() => (PORTRAIT.matches ? "portrait" : "landscape"),
	);
}
