package dev.leantea.reactor;

/**
 * io_uring as the kernel defines it: {@code include/uapi/linux/io_uring.h}, and the kernel version
 * that introduced each constant. Sizes and offsets are in bytes; all numbers are little-endian.
 *
 * <pre>
 *  submission entry, 64 bytes               completion entry, 16 bytes
 *   0 opcode u8 · flags u8 · ioprio u16       0 user_data u64
 *   4 fd s32                                  8 res s32
 *   8 off u64                                12 flags u32
 *  16 addr u64
 *  24 len u32                                buffer of a buffer ring, 16 bytes
 *  28 flags of the operation u32              0 addr u64
 *  32 user_data u64                           8 len u32
 *  40 buf_group u16 · personality u16        12 bid u16
 *  44 file_index u32                         14 unused u16; in the first buffer the ring's tail
 *  48 unused, 16 bytes
 * </pre>
 */
final class Abi {
  static final int SUBMISSION_BYTES = 64;
  static final int COMPLETION_BYTES = 16;
  static final int BUFFER_BYTES = 16;

  // ---- struct io_uring_params
  static final int PARAMS_BYTES = 120;
  static final int PARAMS_SQ_ENTRIES = 0;
  static final int PARAMS_CQ_ENTRIES = 4;
  static final int PARAMS_FLAGS = 8;
  static final int PARAMS_FEATURES = 20;
  static final int PARAMS_SQ_HEAD = 40;
  static final int PARAMS_SQ_TAIL = 44;
  static final int PARAMS_SQ_MASK = 48;
  static final int PARAMS_SQ_FLAGS = 56;
  static final int PARAMS_SQ_ARRAY = 64;
  static final int PARAMS_CQ_HEAD = 80;
  static final int PARAMS_CQ_TAIL = 84;
  static final int PARAMS_CQ_MASK = 88;
  static final int PARAMS_CQ_OVERFLOW = 96;
  static final int PARAMS_CQ_CQES = 100;

  // ---- io_uring_setup
  static final int SETUP_CQSIZE = 1 << 3; // 5.5
  static final int SETUP_R_DISABLED = 1 << 6; // 5.10
  static final int SETUP_SUBMIT_ALL = 1 << 7; // 5.18
  static final int SETUP_SINGLE_ISSUER = 1 << 12; // 6.0
  static final int SETUP_DEFER_TASKRUN = 1 << 13; // 6.1
  static final int SETUP_NO_SQARRAY = 1 << 16; // 6.6

  static final int FEAT_SINGLE_MMAP = 1; // 5.4
  static final int FEAT_NODROP = 1 << 1; // 5.5
  static final int FEAT_FAST_POLL = 1 << 5; // 5.7
  static final int FEAT_EXT_ARG = 1 << 8; // 5.11
  static final int FEAT_CQE_SKIP = 1 << 11; // 5.17

  static final long OFF_RINGS = 0;
  static final long OFF_SUBMISSIONS = 0x1000_0000L;

  // ---- io_uring_enter
  static final int ENTER_GETEVENTS = 1;
  static final int ENTER_EXT_ARG = 1 << 3;
  static final int ENTER_REGISTERED_RING = 1 << 4; // 5.18

  /** {@code struct io_uring_getevents_arg}, then the {@code timespec} that it points to. */
  static final int WAIT_BYTES = 24;

  static final int WAIT_TIMESPEC = 16;
  static final int TIMESPEC_BYTES = 16;

  // ---- io_uring_register
  static final int REGISTER_ENABLE_RINGS = 12;
  static final int REGISTER_RING_FDS = 20; // 5.18
  static final int REGISTER_BUFFER_RING = 22; // 5.19

  /** {@code struct io_uring_rsrc_update}: offset u32, unused u32, data u64. */
  static final int RSRC_UPDATE_BYTES = 16;

  /** {@code struct io_uring_buf_reg}: address u64, entries u32, group u16, flags u16, unused. */
  static final int BUFFER_RING_BYTES = 40;

  // ---- operations
  static final int OP_POLL_ADD = 6;
  static final int OP_ACCEPT = 13;
  static final int OP_ASYNC_CANCEL = 14;
  static final int OP_CLOSE = 19;
  static final int OP_READ = 22;
  static final int OP_SEND = 26;
  static final int OP_RECV = 27;

  static final int SQE_BUFFER_SELECT = 1 << 5;
  static final int SQE_CQE_SKIP_SUCCESS = 1 << 6; // 5.17

  static final int ACCEPT_MULTISHOT = 1; // 5.19, in ioprio
  static final int RECV_MULTISHOT = 1 << 1; // 6.0, in ioprio
  static final int CANCEL_ALL = 1; // 5.19
  static final int CANCEL_FD = 1 << 1; // 5.19
  static final int CANCEL_ANY = 1 << 2; // 5.19

  static final int CQE_BUFFER = 1;
  static final int CQE_MORE = 1 << 1;
  static final int CQE_BUFFER_SHIFT = 16;

  // ---- sockets
  static final int AF_UNIX = 1;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_STREAM = 1;
  static final int SOCK_CLOEXEC = 0x8_0000;
  static final int SOL_SOCKET = 1;
  static final int SO_REUSEADDR = 2;
  static final int SO_REUSEPORT = 15;
  static final int SO_RCVTIMEO = 20;
  static final int IPPROTO_TCP = 6;
  static final int TCP_NODELAY = 1;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_V6ONLY = 26;
  static final int POLLOUT = 4;
  static final int SHUT_WR = 1;
  static final int SHUT_RDWR = 2;
  static final int MSG_NOSIGNAL = 0x4000;
  static final int EFD_CLOEXEC = 0x8_0000;

  private Abi() {}
}
