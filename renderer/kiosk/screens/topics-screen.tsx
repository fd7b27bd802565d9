import { Button } from "../components/button.tsx";
import { useDispatch, useKiosk, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Phrases } from "../components/phrases.tsx";
import { TopicTiles } from "../components/topic-tiles.tsx";
import { formatClosed } from "../messages/format-opening.ts";
import { choicesPerScreen } from "../state/modes.ts";
import type { StateAt } from "../state/state.ts";
import { pageOf } from "../state/topic-pages.ts";
import styles from "./topics-screen.module.css";

export default function TopicsScreen({ state }: { state: StateAt<"topics"> }) {
	const topics = useKiosk("topics");
	const { t } = useMessages();
	const dispatch = useDispatch();
	const known = topics[state.language];
	const others = known?.otherSites.length ?? 0;
	const choices = choicesPerScreen(useKiosk("modes"));
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>
					<Phrases text={t(state.page === 0 ? "topics.title" : "topics.more")} />
				</Heading>
				{state.notice === "topic-gone" ? (
					<p className={styles.notice} role="alert">
						<Icon name="info" />
						<span>{t("topics.unknown")}</span>
					</p>
				) : known?.site.open === false ? (
					<p className={styles.notice}>
						<Icon name="clock" />
						<span>{formatClosed(t, known.site, state.language, Date.now())}</span>
					</p>
				) : (
					<p className={styles.hint}>{t("topics.hint")}</p>
				)}
			</div>
			<TopicTiles
				topics={known?.topics ?? []}
				page={state.page}
				onSelect={(topic) => dispatch({ type: "topic-selected", topic })}
				otherSiteTopics={others}
				onMore={(page) => dispatch({ type: "page-turned", page })}
				onOtherSites={() => dispatch({ type: "other-sites-opened" })}
			/>
			<div className={styles.topicActions}>
				{state.page > 0 ? (
					<Button
						kind="plain"
						icon={<Icon name="arrow-left" directed />}
						onPress={() => dispatch({ type: "went-back" })}
					>
						{t("back")}
					</Button>
				) : (
					<Button kind="plain" icon={<Icon name="users" />} onPress={() => dispatch({ type: "plan-opened" })}>
						{t("plan.open")}
					</Button>
				)}
				{(others > 0 || pageOf(known?.topics ?? [], 0, { others, choices }).left > 0) && (
					<Button kind="plain" icon={<Icon name="search" />} onPress={() => dispatch({ type: "search-opened" })}>
						{t("search.open")}
					</Button>
				)}
				<Button kind="plain" icon={<Icon name="badge-check" />} onPress={() => dispatch({ type: "check-in-opened" })}>
					{t("checkIn.open")}
				</Button>
			</div>
		</main>
	);
}
