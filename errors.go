package dewline

import "errors"

// ErrRefused is in the chain of an error by which a store refuses one commit
// for that commit's own sake: its claim is stale, its sums do not balance, it
// cannot be written out. The store is well and takes others. Every other error
// of a commit is the store's own.
var ErrRefused = errors.New("refused")
