package dewline

import "errors"

// ErrRefused is in the chain of an error by which a store refuses one commit
// for that commit's own sake: its claim is stale, its sums do not balance, it
// cannot be written out. The store is well and takes others. Every other error
// of a commit is the store's own.
var ErrRefused = errors.New("refused")

// ErrOvertaken is in the chain of an error by which a store refuses a commit
// because another one came first that it should have known of: an item that it
// would make new was told by another feed of the publisher, or one that it would
// change has changed. Who looks again at what is stored may commit.
var ErrOvertaken = errors.New("overtaken by another commit")
