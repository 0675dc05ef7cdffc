package lorebox

import "encoding/json"

// Nullable is an optional field that can be reset: its zero value is left out and changes nothing,
// Null resets it, Value sets it.
type Nullable[T any] struct {
	value *T
	set   bool
}

// Value returns a Nullable that sets the field.
func Value[T any](value T) Nullable[T] { return Nullable[T]{&value, true} }

// Null returns a Nullable that resets the field.
func Null[T any]() Nullable[T] { return Nullable[T]{nil, true} }

// IsZero is true for a field that is left out.
func (n Nullable[T]) IsZero() bool { return !n.set }

// MarshalJSON gives the value, or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.value) }

// UnmarshalJSON takes a value, or null.
func (n *Nullable[T]) UnmarshalJSON(data []byte) error {
	n.set = true
	return json.Unmarshal(data, &n.value)
}
