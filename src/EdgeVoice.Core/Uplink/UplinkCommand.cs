namespace EdgeVoice.Core.Uplink;

/// <summary>Hands an encoded message to the present connection; false when it is gone.</summary>
public delegate ValueTask<bool> UplinkSend(ReadOnlyMemory<byte> utf8);

/// <summary>An order to the uplink, carried out on its loop in the order given.</summary>
internal abstract record UplinkCommand
{
    internal sealed record Open(int Turn, long FromNs, bool Stream) : UplinkCommand;

    internal sealed record Close(int Turn, long AtNs, bool Respond, bool RequireSpeech) : UplinkCommand;

    internal sealed record Say(int Turn, string Text, bool Respond) : UplinkCommand;

    internal sealed record TextTaken(int Turn) : UplinkCommand;

    internal sealed record Abandon(int Turn) : UplinkCommand;

    internal sealed record Attach(UplinkSend? Send, bool IsQuiet) : UplinkCommand;

    internal sealed record CommitTaken : UplinkCommand;

    internal sealed record Settle(int Turn) : UplinkCommand;

    internal sealed record SettleStream(int AudioEndMs) : UplinkCommand;

    internal sealed record Forget : UplinkCommand;
}
