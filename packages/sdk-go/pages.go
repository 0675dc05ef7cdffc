package lorebox

import (
	"context"
	"iter"
	"maps"
)

// Page is a page of a list.
type Page[T any] struct {
	Items []T `json:"items"`
	// NextCursor is nil on the last page.
	NextCursor *string `json:"nextCursor"`
}

// list gives all items; pages are fetched as the loop gets to them.
func list[T any](ctx context.Context, c *caller, req request, opts []CallOption) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		req := req
		req.query = maps.Clone(req.query)
		for {
			page, err := call[Page[T]](ctx, c, req, opts)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range page.Items {
				if !yield(&page.Items[i], nil) {
					return
				}
			}
			if page.NextCursor == nil {
				return
			}
			req.query.Set("cursor", *page.NextCursor)
		}
	}
}

// Collect returns the items of a list, at most limit. A negative limit returns all items.
func Collect[T any](items iter.Seq2[T, error], limit int) ([]T, error) {
	var collected []T
	if limit == 0 {
		return collected, nil
	}
	for item, err := range items {
		if err != nil {
			return collected, err
		}
		collected = append(collected, item)
		if len(collected) == limit {
			break
		}
	}
	return collected, nil
}
