package lorebox

import (
	"context"
	"time"
)

const (
	firstCheck   = 100 * time.Millisecond
	longestCheck = 2 * time.Second
)

// WaitUntilReady waits until the documents are ready or have failed, and returns them in the given order. To limit the wait,
// use the context.
func (s *DocumentsService) WaitUntilReady(ctx context.Context, documentIDs ...string) ([]*Document, error) {
	documents := make([]*Document, len(documentIDs))
	for delay := firstCheck; ; delay = min(2*delay, longestCheck) {
		pending := 0
		for i, id := range documentIDs {
			if documents[i] != nil && documents[i].Status != DocumentStatusProcessing {
				continue
			}
			document, err := s.Get(ctx, id)
			if err != nil {
				return documents, err
			}
			documents[i] = document
			if document.Status == DocumentStatusProcessing {
				pending++
			}
		}
		if pending == 0 {
			return documents, nil
		}
		if err := sleep(ctx, delay); err != nil {
			return documents, err
		}
	}
}

// WaitUntilIdle waits until no document of the workspace is processing, and returns the counts by status. To limit the wait,
// use the context.
func (s *DocumentsService) WaitUntilIdle(ctx context.Context, workspace string) (*DocumentSummary, error) {
	for delay := firstCheck; ; delay = min(2*delay, longestCheck) {
		summary, err := s.Summary(ctx, workspace)
		if err != nil || summary.Processing == 0 {
			return summary, err
		}
		if err := sleep(ctx, delay); err != nil {
			return summary, err
		}
	}
}
