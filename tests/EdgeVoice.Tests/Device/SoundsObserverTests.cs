using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Playback;
using EdgeVoice.Core.Sounds;
using EdgeVoice.Device;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Device;

public sealed class SoundsObserverTests : IConversationObserver
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "Assets", "help");
    private static readonly SoundBank All = Bank(new SoundOptions());
    private readonly SpscRingBuffer<int> _orders = new(4);
    private readonly ManualTime _time = new();
    private readonly List<ConversationNews> _passed = [];
    private int _wakeUps;

    [Fact]
    public void Cue_Always_IsOrderedAndPassedOn()
    {
        var observer = Observer(All);
        observer.OnNews(new ConversationNews.Cued(new Cue(SoundName.Woken)));
        observer.OnNews(new ConversationNews.Told("something"));
        Assert.Equal([All.IndexOf(SoundName.Woken)!.Value], Orders());
        Assert.Equal((1, 2), (_wakeUps, _passed.Count));
    }

    [Fact]
    public void Error_HasItsToneThenTheHelp()
    {
        Observer(All).OnNews(new ConversationNews.Cued(Cue.Error(Trouble.KeyRejected)));
        Assert.Equal([All.IndexOf(SoundName.Error)!.Value, All.IndexOf(Trouble.KeyRejected)!.Value], Orders());
    }

    [Fact]
    public void Error_ToneSwitchedOff_HasTheHelpAlone()
    {
        var bank = Bank(new SoundOptions { Error = false });
        Observer(bank).OnNews(new ConversationNews.Cued(Cue.Error(Trouble.KeyRejected)));
        Assert.Equal([bank.IndexOf(Trouble.KeyRejected)!.Value], Orders());
    }

    [Fact]
    public void Sound_SwitchedOff_StillEndsSpokenHelp()
    {
        var observer = Observer(Bank(new SoundOptions { Woken = false, SpokenHelp = false }));
        observer.OnNews(new ConversationNews.Cued(new Cue(SoundName.Woken)));
        observer.OnNews(new ConversationNews.Cued(Cue.Hush));
        Assert.Equal([PlaybackQueues.Hush, PlaybackQueues.Hush], Orders());
    }

    [Fact]
    public void Mute_TapsOfOneRow_SoundOnce()
    {
        var observer = Observer(All);
        for (var tap = 0; tap < 3; tap++)
        {
            observer.OnNews(new ConversationNews.Cued(new Cue(SoundName.MuteOn)));
            _time.AdvanceMs(240);
        }

        Assert.Single(Orders());
        _time.AdvanceMs(1_000);
        observer.OnNews(new ConversationNews.Cued(new Cue(SoundName.MuteOn)));
        Assert.Single(Orders());
    }

    [Fact]
    public void Cues_MoreThanThereIsRoomFor_AreCounted()
    {
        var observer = Observer(All);
        for (var i = 0; i < 6; i++) observer.OnNews(new ConversationNews.Cued(new Cue(SoundName.Woken)));
        Assert.Equal((4, 2L), (Orders().Length, observer.Dropped));
    }

    void IConversationObserver.OnNews(ConversationNews news) => _passed.Add(news);

    private static SoundBank Bank(SoundOptions options) => SoundBank.Load(options, "en", Shipped, 16_000);

    private SoundsObserver Observer(SoundBank bank) => new(this, bank, _orders, () => _wakeUps++, _time);

    private int[] Orders()
    {
        var orders = new List<int>();
        while (_orders.TryRead(out var order)) orders.Add(order);
        return [.. orders];
    }
}
