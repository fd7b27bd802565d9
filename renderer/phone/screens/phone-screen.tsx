import { useEffect, useSyncExternalStore } from "react";
import { directionOf, LANGUAGE_NAMES, LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import { formatTime } from "../../i18n/format-time.ts";
import icon from "../../ui/icon.svg";
import type { Store } from "../../ui/store.ts";
import { CodeForm } from "../components/code-form.tsx";
import { TicketView } from "../components/ticket-view.tsx";
import type { CallAlert } from "../effects/call-alert.ts";
import type { Notifications } from "../effects/notifications.ts";
import type { Phone } from "../effects/poll.ts";
import { createTranslate, type Translate } from "../messages/messages.ts";
import { statusTitle } from "../messages/status-title.ts";
import styles from "../phone.module.css";
import type { PhoneEvent, PhoneState } from "../state/state.ts";

interface PhoneScreenProps {
	store: Store<PhoneState, PhoneEvent>;
	phone: Phone;
	alert: CallAlert;
	notifications: Notifications;
}

export function PhoneScreen({ store, phone, alert, notifications }: PhoneScreenProps) {
	const state = useSyncExternalStore(store.subscribe, store.read);
	const { translation, view } = state;
	const language = translation?.language ?? "zh-Hans";
	const t = createTranslate(language, translation?.messages ?? {});

	useEffect(() => {
		document.documentElement.lang = language;
		document.documentElement.dir = directionOf(language);
		if (translation !== null)
			document.title = pageTitle(view, createTranslate(language, translation.messages), language);
	}, [language, translation, view]);

	// Blank until the messages are loaded, usually within a second.
	if (translation === null) return <div className={styles.blank} aria-busy="true" />;
	return (
		<div className={styles.page}>
			<header className={styles.head}>
				<img src={icon} alt="" className={styles.icon} />
				<h1 className={styles.site}>{view.kind === "ticket" ? view.ticket.site : t("title")}</h1>
				<LanguageMenu
					language={language}
					t={t}
					onSelect={(selected) => store.dispatch({ type: "language-selected", language: selected })}
				/>
			</header>
			<p role="status" className={styles.offline}>
				{state.link === "lost" && view.kind === "ticket"
					? t("unavailable", { time: formatTime(view.seenAt, language) })
					: state.link === "lost" && t("failed")}
			</p>
			<main className={styles.main}>
				{view.kind === "code-form" && (
					<CodeForm t={t} error={view.error} onSubmit={(code) => store.dispatch({ type: "code-entered", code })} />
				)}
				{view.kind === "loading" && <p className={styles.loading}>{t("loading")}</p>}
				{view.kind === "ticket" && (
					<TicketView
						ticket={view.ticket}
						state={state}
						store={store}
						phone={phone}
						t={t}
						language={language}
						alert={alert}
						notifications={notifications}
					/>
				)}
			</main>
		</div>
	);
}

function pageTitle(view: PhoneState["view"], t: Translate, language: Language): string {
	return view.kind === "ticket" ? `${view.ticket.number} · ${statusTitle(view.ticket, t, language)}` : t("title");
}

function LanguageMenu({
	language,
	t,
	onSelect,
}: {
	language: Language;
	t: Translate;
	onSelect(language: Language): void;
}) {
	return (
		<select
			className={styles.languages}
			aria-label={t("language")}
			value={language}
			onChange={(event) => onSelect(event.currentTarget.value as Language)}
		>
			{LANGUAGES.map((one) => (
				<option key={one} value={one} lang={one}>
					{LANGUAGE_NAMES[one]}
				</option>
			))}
		</select>
	);
}
