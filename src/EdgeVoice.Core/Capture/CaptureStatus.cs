namespace EdgeVoice.Core.Capture;

/// <summary>What the capture thread says about its microphone.</summary>
public enum CaptureStatus
{
    /// <summary>The device is closed, by order (muted) or because the loop does not run.</summary>
    Closed,

    /// <summary>The device is open and delivers.</summary>
    Open,

    /// <summary>The device is absent, refused or lost; it is tried again every second.</summary>
    Missing,
}
