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
CREATE INDEX `source_items_pass` ON `source_items` (`source_id`,`pass`);--> statement-breakpoint
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
CREATE INDEX `source_runs_source` ON `source_runs` (`source_id`,`id`);--> statement-breakpoint
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
CREATE INDEX `sources_workspace` ON `sources` (`workspace_id`,`id`);--> statement-breakpoint
CREATE INDEX `sources_due` ON `sources` (`next_run_at`);--> statement-breakpoint
CREATE INDEX `sources_removed` ON `sources` (`removed_at`);