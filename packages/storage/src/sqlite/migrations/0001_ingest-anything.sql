ALTER TABLE `workspaces` ADD `embedder` text;
--> statement-breakpoint
ALTER TABLE `workspaces` ADD `reranker` text;
--> statement-breakpoint
ALTER TABLE `workspaces` ADD `language` text DEFAULT 'auto' NOT NULL;
--> statement-breakpoint
ALTER TABLE `workspaces` ADD `text_analyzer` text;
--> statement-breakpoint
ALTER TABLE `workspaces` ADD `rewrite_follow_ups` integer DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `workspaces` ADD `expand_sources` integer DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `workspaces` ADD `embedding_key` integer;
--> statement-breakpoint
UPDATE `workspaces` SET `embedding_key` = (SELECT c.`embedding_key` FROM `chunks` c WHERE c.`workspace_id` = `workspaces`.`id` GROUP BY 1 ORDER BY count(*) DESC LIMIT 1);
--> statement-breakpoint
CREATE TABLE `document_metadata` (
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`value` blob NOT NULL,
	`document_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `name`, `value`, `document_id`)
);
--> statement-breakpoint
CREATE INDEX `document_metadata_document` ON `document_metadata` (`document_id`);
--> statement-breakpoint
CREATE TABLE `eval_results` (
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`question` text NOT NULL,
	`result` text,
	PRIMARY KEY(`run_id`, `position`),
	FOREIGN KEY (`run_id`) REFERENCES `eval_runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `eval_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`label` text NOT NULL,
	`options` text NOT NULL,
	`setting` text NOT NULL,
	`state` text NOT NULL,
	`message` text,
	`total` integer NOT NULL,
	`done` integer NOT NULL,
	`metrics` text,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `eval_runs_workspace` ON `eval_runs` (`workspace_id`,`id`);
--> statement-breakpoint
CREATE INDEX `eval_runs_state` ON `eval_runs` (`state`);
--> statement-breakpoint
CREATE TABLE `golden_questions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`question` text NOT NULL,
	`relevant` text NOT NULL,
	`answer` text,
	`answerable` integer NOT NULL,
	`source` text NOT NULL,
	`approved` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `golden_questions_wording` ON `golden_questions` (`workspace_id`,`question`);
--> statement-breakpoint
CREATE INDEX `golden_questions_workspace` ON `golden_questions` (`workspace_id`,`id`);
--> statement-breakpoint
CREATE TABLE `source_items` (
	`source_id` text NOT NULL,
	`external_id` text NOT NULL,
	`version` text NOT NULL,
	`state` text,
	`document_id` text NOT NULL,
	`pass` integer NOT NULL,
	PRIMARY KEY(`source_id`, `external_id`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `source_items_pass` ON `source_items` (`source_id`,`pass`);
--> statement-breakpoint
CREATE TABLE `source_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`source_id` text NOT NULL,
	`state` text NOT NULL,
	`is_full` integer NOT NULL,
	`attempts` integer NOT NULL,
	`seen` integer NOT NULL,
	`added` integer NOT NULL,
	`changed` integer NOT NULL,
	`unchanged` integer NOT NULL,
	`removed` integer NOT NULL,
	`failed` integer NOT NULL,
	`problems` text NOT NULL,
	`message` text,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `source_runs_source` ON `source_runs` (`source_id`,`id`);
--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`connector` text NOT NULL,
	`name` text NOT NULL,
	`config` text NOT NULL,
	`secrets` text,
	`secret_names` text NOT NULL,
	`every_minutes` integer,
	`requests_per_second` real,
	`enabled` integer NOT NULL,
	`next_run_at` integer,
	`run_id` text,
	`cursor` text,
	`pass` integer NOT NULL,
	`is_full` integer NOT NULL,
	`may_remove_most` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`removed_at` integer,
	`keep_documents` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sources_workspace` ON `sources` (`workspace_id`,`id`);
--> statement-breakpoint
CREATE INDEX `sources_due` ON `sources` (`next_run_at`);
--> statement-breakpoint
CREATE INDEX `sources_removed` ON `sources` (`removed_at`);
--> statement-breakpoint
CREATE TABLE `vector_backend` (
	`id` integer PRIMARY KEY NOT NULL,
	`target` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `vector_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`embedding_key` integer NOT NULL,
	`chunk_key` integer,
	`document_id` text
);
--> statement-breakpoint
CREATE INDEX `vector_changes_workspace` ON `vector_changes` (`workspace_id`,`document_id`);
--> statement-breakpoint
CREATE TABLE `vector_syncs` (
	`workspace_id` text NOT NULL,
	`embedding_key` integer NOT NULL,
	`synced_key` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `embedding_key`)
);
--> statement-breakpoint
CREATE TABLE `workspace_languages` (
	`workspace_id` text NOT NULL,
	`language` text NOT NULL,
	`chunks` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `language`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP INDEX `chunks_workspace`;
--> statement-breakpoint
ALTER TABLE `chunks` ADD `times` text;
--> statement-breakpoint
ALTER TABLE `chunks` ADD `hash` blob;
--> statement-breakpoint
CREATE INDEX `chunks_hash` ON `chunks` (`hash`);
--> statement-breakpoint
CREATE INDEX `chunks_workspace` ON `chunks` (`workspace_id`,`key`);
--> statement-breakpoint
ALTER TABLE `chunks` DROP COLUMN `embedding_key`;
--> statement-breakpoint
ALTER TABLE `messages` ADD `feedback` text;
--> statement-breakpoint
ALTER TABLE `documents` ADD `duration` real;
--> statement-breakpoint
ALTER TABLE `embeddings` ADD `epoch` text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE `jobs` ADD `model_id` text;
--> statement-breakpoint
ALTER TABLE `jobs` ADD `cursor` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `jobs` ADD `done` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `jobs` ADD `message` text;
--> statement-breakpoint
UPDATE `embeddings` SET `epoch` = lower(hex(randomblob(8)));
--> statement-breakpoint
INSERT OR IGNORE INTO `document_metadata` SELECT d.`workspace_id`, m.`key`, m.`value`, d.`id` FROM `documents` d, json_each(d.`metadata`) m WHERE m.`value` IS NOT NULL;
--> statement-breakpoint
CREATE TRIGGER `document_metadata_insert` AFTER INSERT ON `documents` BEGIN INSERT OR IGNORE INTO `document_metadata` SELECT new.`workspace_id`, m.`key`, m.`value`, new.`id` FROM json_each(new.`metadata`) m WHERE m.`value` IS NOT NULL; END;
--> statement-breakpoint
CREATE TRIGGER `document_metadata_update` AFTER UPDATE OF `metadata` ON `documents` WHEN old.`metadata` IS NOT new.`metadata` BEGIN DELETE FROM `document_metadata` WHERE `document_id` = old.`id`; INSERT OR IGNORE INTO `document_metadata` SELECT new.`workspace_id`, m.`key`, m.`value`, new.`id` FROM json_each(new.`metadata`) m WHERE m.`value` IS NOT NULL; END;
--> statement-breakpoint
CREATE TRIGGER `document_metadata_delete` AFTER DELETE ON `documents` BEGIN DELETE FROM `document_metadata` WHERE `document_id` = old.`id`; END;
--> statement-breakpoint
CREATE TRIGGER `vector_changes_metadata` AFTER UPDATE OF `metadata` ON `documents` WHEN old.`metadata` IS NOT new.`metadata` AND EXISTS (SELECT 1 FROM `vector_backend`) BEGIN INSERT INTO `vector_changes` (`workspace_id`, `embedding_key`, `document_id`) SELECT w.`id`, w.`embedding_key`, new.`id` FROM `workspaces` w WHERE w.`id` = new.`workspace_id` AND w.`embedding_key` IS NOT NULL; END;
