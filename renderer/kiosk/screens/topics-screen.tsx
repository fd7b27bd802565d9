import { Button } from "../components/button.tsx";
import { useKiosk, useTell, useWords } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { TopicTiles } from "../components/topic-tiles.tsx";
import { sayClosed } from "../messages/format-opening.ts";
import type { Visit } from "../state/state.ts";
import { pageOf } from "../state/topic-pages.ts";
import styles from "./topics-screen.module.css";

export default function TopicsScreen({ visit }: { visit: Visit & { at: "topics" } }) {
	const topics = useKiosk("topics");
	const { say } = useWords();
	const tell = useTell();
	const known = topics[visit.language];
	const others = known?.elsewhere.length ?? 0;
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>{say(visit.page === 0 ? "topics.title" : "topics.more")}</Heading>
				{visit.notice === "topic-gone" ? (
					<p className={styles.notice} role="alert">
						<Icon name="info" />
						<span>{say("topics.gone")}</span>
					</p>
				) : known?.site.open === false ? (
					<p className={styles.notice}>
						<Icon name="clock" />
						<span>{sayClosed(say, known.site, visit.language)}</span>
					</p>
				) : (
					<p className={styles.hint}>{say("topics.hint")}</p>
				)}
			</div>
			<TopicTiles
				topics={known?.topics ?? []}
				page={visit.page}
				onChoose={(topic) => tell({ type: "topic-chosen", topic })}
				others={others}
				onMore={(page) => tell({ type: "page-turned", page })}
				onElsewhere={() => tell({ type: "elsewhere-opened" })}
			/>
			<div className={styles.ways}>
				{visit.page > 0 ? (
					<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => tell({ type: "went-back" })}>
						{say("back")}
					</Button>
				) : (
					<Button kind="plain" icon={<Icon name="users" />} onPress={() => tell({ type: "plan-opened" })}>
						{say("plan.open")}
					</Button>
				)}
				{(others > 0 || pageOf(known?.topics ?? [], 0, others).left > 0) && (
					<Button kind="plain" icon={<Icon name="search" />} onPress={() => tell({ type: "search-opened" })}>
						{say("search.open")}
					</Button>
				)}
				<Button kind="plain" icon={<Icon name="badge-check" />} onPress={() => tell({ type: "check-in-opened" })}>
					{say("checkin.open")}
				</Button>
			</div>
		</main>
	);
}
