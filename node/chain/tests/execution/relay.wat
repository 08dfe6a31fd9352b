;; Makes the call that the first word of calldata names (0 call, 1 delegate call, 2 static call) to the account in the
;; second word with the rest, and ends as that call did.
(module
  (import "vm_hooks" "read_args" (func $read_args (param i32)))
  (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
  (import "vm_hooks" "read_return_data" (func $read_return_data (param i32 i32 i32) (result i32)))
  (import "vm_hooks" "return_data_size" (func $return_data_size (result i32)))
  (import "vm_hooks" "msg_value" (func $msg_value (param i32)))
  (import "vm_hooks" "call_contract"
    (func $call_contract (param i32 i32 i32 i32 i64 i32) (result i32)))
  (import "vm_hooks" "delegate_call_contract"
    (func $delegate_call (param i32 i32 i32 i64 i32) (result i32)))
  (import "vm_hooks" "static_call_contract"
    (func $static_call (param i32 i32 i32 i64 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func (export "user_entrypoint") (param $len i32) (result i32)
    (local $status i32) (local $rest i32)
    (call $read_args (i32.const 0))
    (call $msg_value (i32.const 4096))
    (local.set $rest (i32.sub (local.get $len) (i32.const 64)))
    (block $done
      (block $static
        (block $delegate
          (block $call
            (br_table $call $delegate $static (i32.load8_u (i32.const 31))))
          (local.set $status
            (call $call_contract
              (i32.const 44) (i32.const 64) (local.get $rest) (i32.const 4096) (i64.const -1)
              (i32.const 5000)))
          (br $done))
        (local.set $status
          (call $delegate_call
            (i32.const 44) (i32.const 64) (local.get $rest) (i64.const -1) (i32.const 5000)))
        (br $done))
      (local.set $status
        (call $static_call
          (i32.const 44) (i32.const 64) (local.get $rest) (i64.const -1) (i32.const 5000))))
    (call $write_result
      (i32.const 8192)
      (call $read_return_data (i32.const 8192) (i32.const 0) (call $return_data_size)))
    (local.get $status)))
