namespace EdgeVoice.Linux.Interop;

/// <summary>snd_pcm_state_t.</summary>
internal enum PcmState
{
    Open,
    Setup,
    Prepared,
    Running,
    Xrun,
    Draining,
    Paused,
    Suspended,
    Disconnected,
}
